package io.mcpserver.storage;

/** Makes what a stranger sent fit for a message: quoted, one line, short. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    static String text(String value) {
        if (value == null) {
            return "null";
        }
        StringBuilder shown = new StringBuilder("'");
        value.codePoints().limit(LONGEST).forEach(point -> {
            boolean printable = !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE;
            shown.appendCodePoint(printable ? point : '?');
        });
        if (value.codePointCount(0, value.length()) > LONGEST) {
            shown.append('…');
        }
        return shown.append('\'').toString();
    }
}
