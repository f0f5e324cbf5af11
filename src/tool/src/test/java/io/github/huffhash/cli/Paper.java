package io.github.huffhash.cli;

import static io.github.huffhash.cli.Browser.emulate;
import static io.github.huffhash.cli.Browser.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.Waiting;

/** The open page in dark colours and on paper. */
final class Paper {
    /** The least contrast between a text of a chart and the page, by the formula of WCAG 2. */
    private static final String CONTRAST =
            """
            const light = color => {
              const context = document.createElement('canvas').getContext('2d');
              context.fillStyle = color;
              context.fillRect(0, 0, 1, 1);
              const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(each =>
                  each <= 10 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const back = light(getComputedStyle(document.body).backgroundColor);
            const texts = [...document.querySelectorAll('.chart text, th, td, p, .legend, dd')];
            const inks = new Set(texts.map(text =>
                text.tagName === 'text' ? getComputedStyle(text).fill : getComputedStyle(text).color));
            return Math.min(...[...inks].map(light).map(ink =>
                (Math.max(ink, back) + 0.05) / (Math.min(ink, back) + 0.05)));
            """;

    private static final String BACKGROUND =
            "return getComputedStyle(document.body).backgroundColor";

    private static final String CUT_OFF =
            """
            const controls = document.querySelectorAll('input').values()
                .filter(each => each.checkVisibility()).toArray();
            const wide = [...document.querySelectorAll('main, .chart, .chart svg, .chart text, table, td')]
                .filter(each => each.getBoundingClientRect().right > 720);
            const hidden = [...document.querySelectorAll('.tall, .scroll, .chart')]
                .filter(each => each.scrollHeight > each.clientHeight + 1 && getComputedStyle(each).overflowY !== 'visible');
            return [...controls, ...wide, ...hidden].map(each => each.outerHTML.slice(0, 80)).join();
            """;

    private Paper() {}

    static void assertReadableInTheDarkAndOnPaper() {
        Object light = script(BACKGROUND);
        untilReadable();
        emulate("screen", "dark");
        assertThat(script(BACKGROUND)).isNotEqualTo(light);
        untilReadable();
        emulate("print", "dark");
        script("dispatchEvent(new Event('beforeprint')); return true;");
        assertThat(script(BACKGROUND)).isEqualTo(light);
        untilReadable();
        assertThat(script(CUT_OFF)).isEqualTo("");
        script("dispatchEvent(new Event('afterprint')); return true;");
        emulate("", "light");
    }

    private static void untilReadable() {
        Waiting.until("texts are readable", () -> ((Number) script(CONTRAST)).doubleValue() > 4.5);
    }
}
