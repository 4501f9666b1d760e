package io.mcpserver.tool.declarative.http.openapi;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of operations as addresses of tools have them. */
final class PathText {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^{}/]+)}");
    private static final String KEPT = "/-._~:@!&'()*+,;=%";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PathText() {}

    /** The path with the inputs that stand for its parameters; of those that are not known, the text stays. */
    static String template(String path, Map<String, String> inputs) {
        StringBuilder out = new StringBuilder();
        Matcher parameter = PARAMETER.matcher(path);
        int at = 0;
        while (parameter.find()) {
            String input = inputs.get(parameter.group(1));
            if (input != null) {
                out.append(literal(path.substring(at, parameter.start())))
                        .append("${")
                        .append(input)
                        .append('}');
                at = parameter.end();
            }
        }
        return out.append(literal(path.substring(at))).toString();
    }

    /** The text with every character percent-encoded that could mean something in an address or in a template. */
    static String literal(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(HEX.toHexDigits(b));
            }
        }
        return out.toString();
    }
}
