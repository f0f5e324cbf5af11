package io.github.huffhash.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A report as one HTML file that needs nothing else: no other file and no network, which its
 * content security policy forbids. Only scripts with the digests that the policy lists run.
 *
 * @param kind compare, lab or explain: which script draws
 * @param title the heading
 * @param machine what was measured on
 * @param command the command that repeats it
 * @param json the figures, as the command prints them with --json
 * @param sections the parts of the page
 */
public record Page(
        String kind,
        String title,
        String machine,
        String command,
        String json,
        List<Section> sections) {
    /** What the head of every page has, and no other file. */
    public static final String MARK = "<meta name=\"generator\" content=\"huffhash\">";

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    /** Copies the list. */
    public Page {
        sections = List.copyOf(sections);
    }

    /**
     * A part of a page. The script puts charts of the same figures above the table.
     *
     * @param heading its heading
     * @param note what is shown, and in which units
     * @param table a table in HTML, or an empty string
     */
    public record Section(String heading, String note, String table) {}

    /** The file. */
    public String html() {
        String library = resource("echarts.min.js");
        String script = resource("page.js") + resource(kind + ".js");
        return filled(
                resource("page.html"),
                Map.of(
                        "mark", MARK,
                        "digests", digest(library) + " " + digest(script),
                        "title", escaped(title),
                        "style", resource("page.css"),
                        "machine", escaped(machine),
                        "command", escaped(command),
                        "sections",
                                sections.stream().map(Page::section).collect(Collectors.joining()),
                        "json", json.replace("<", "\\u003c"), // no string of it ends the script
                        "library", library,
                        "script", script));
    }

    private static String section(Section section) {
        return filled(
                resource("section.html"),
                Map.of(
                        "heading", escaped(section.heading),
                        "note", escaped(section.note),
                        "table", section.table));
    }

    /** Text as content or attribute of an element. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Fills all places at once: what is filled in has none. */
    private static String filled(String template, Map<String, String> values) {
        return PLACE.matcher(template)
                .replaceAll(
                        place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
    }

    private static String digest(String script) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
