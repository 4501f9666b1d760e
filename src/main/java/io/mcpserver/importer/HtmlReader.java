package io.mcpserver.importer;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** HTML: a section a heading, without what surrounds the text (navigation, scripts, styles). */
final class HtmlReader implements PartReader {

    private static final String SURROUNDINGS = "script, style, noscript, template, nav, head, svg, iframe, button";

    @Override
    public List<Part> read(String path, String text) {
        Document page = Jsoup.parse(text);
        String title = page.title().isBlank() ? FileName.title(path) : page.title();
        page.select(SURROUNDINGS).remove();
        Element main = page.selectFirst("main, [role=main], article");
        Prose prose = new Prose(path, title.strip());
        Blocks blocks = new Blocks(prose);
        NodeTraversor.traverse(blocks, main == null ? page : main);
        blocks.end();
        return prose.parts();
    }

    /** Gathers running text up to the next border of a block. */
    private static final class Blocks implements NodeVisitor {

        private final Prose prose;
        private final StringBuilder text = new StringBuilder();
        private Element heading;

        private Blocks(Prose prose) {
            this.prose = prose;
        }

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
                append(words);
            } else if (node instanceof Element element) {
                if (level(element) > 0) {
                    end();
                    heading = element;
                } else if (element.nameIs("br")) {
                    text.append('\n');
                } else if (element.isBlock() && heading == null && !inRow(element)) {
                    end();
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            if (element == heading) {
                heading = null;
                prose.heading(level(element), text.toString().replaceAll("\\s+", " "));
                text.setLength(0);
            } else if (inRow(element)) {
                text.append(' ');
            } else if (element.isBlock() && heading == null && !element.nameIs("br")) {
                end();
            }
        }

        void end() {
            prose.paragraph(text.toString());
            text.setLength(0);
        }

        private void append(TextNode words) {
            boolean preformatted = words.parent() instanceof Element parent && parent.closest("pre") != null;
            String run =
                    preformatted ? words.getWholeText() : words.getWholeText().replaceAll("\\s+", " ");
            boolean spaced = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
            text.append(!preformatted && spaced ? run.stripLeading() : run);
        }

        /** A row of a table, or a term and what it means, reads on as one line. */
        private static boolean inRow(Element element) {
            return element.nameIs("td") || element.nameIs("th");
        }

        private static int level(Element element) {
            String name = element.normalName();
            boolean heading =
                    name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6';
            return heading ? name.charAt(1) - '0' : 0;
        }
    }
}
