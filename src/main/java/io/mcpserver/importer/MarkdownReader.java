package io.mcpserver.importer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/** Markdown: a section a heading; the text stays Markdown, a front matter is left out. */
final class MarkdownReader implements PartReader {

    private static final Pattern FRONT_MATTER =
            Pattern.compile("\\A---[ \\t]*\\R.*?\\R---[ \\t]*(\\R|\\z)", Pattern.DOTALL);
    private static final Parser PARSER =
            Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
    private static final TextContentRenderer PLAIN =
            TextContentRenderer.builder().build();

    @Override
    public List<Part> read(String path, String text) {
        Matcher frontMatter = FRONT_MATTER.matcher(text);
        String body = frontMatter.find() ? text.substring(frontMatter.end()) : text;
        Prose prose = new Prose(path, FileName.title(path));
        for (Node block = PARSER.parse(body).getFirstChild(); block != null; block = block.getNext()) {
            if (block instanceof Heading heading) {
                prose.heading(heading.getLevel(), PLAIN.render(heading));
            } else {
                prose.paragraph(source(body, block));
            }
        }
        return prose.parts();
    }

    private static String source(String text, Node block) {
        List<SourceSpan> spans = block.getSourceSpans();
        if (spans.isEmpty()) {
            return "";
        }
        SourceSpan last = spans.getLast();
        return text.substring(spans.getFirst().getInputIndex(), last.getInputIndex() + last.getLength());
    }
}
