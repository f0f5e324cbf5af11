package io.github.huffhash;

import java.util.Random;

/**
 * Text of made words, always the same: letters as frequent as in English, few words very frequent.
 *
 * <p>{@code java MadeText.java BYTES} writes as much of it to standard output; for that, it needs
 * no other class.
 */
public final class MadeText {
    /** Each letter as often as it is among a hundred or so of English text. */
    private static final String LETTERS =
            "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrr"
                    + "ddddllllcccuuummmwwffggyyppbbvkjxqz";

    private static final String MARKS = ",,,,..;\n\n\"-";

    private static final int WORDS = 4096;
    private static final int LONGEST = 12;

    private final Random random = new Random(1);
    private final byte[][] words = new byte[WORDS][];

    private MadeText() {
        for (int i = 0; i < WORDS; i++) {
            words[i] = new byte[1 + random.nextInt(1 + random.nextInt(LONGEST))];
            for (int j = 0; j < words[i].length; j++) {
                words[i][j] = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
            }
        }
    }

    /** The first {@code length} bytes of it. */
    public static byte[] bytes(int length) {
        var text = new MadeText();
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            byte[] word = text.word();
            int start = at;
            for (int i = 0; i < word.length && at < length; i++) {
                bytes[at++] = word[i];
            }
            int end = text.random.nextInt(100);
            if (end < 5) {
                bytes[start] = (byte) Character.toUpperCase(word[0]);
            }
            if (end > 88 && at < length) {
                bytes[at++] = (byte) MARKS.charAt(end - 89);
            }
            if (at < length) {
                bytes[at++] = ' ';
            }
        }
        return bytes;
    }

    /** Of n times as many words, each is about 1/n as frequent. */
    private byte[] word() {
        return words[(int) Math.pow(WORDS, random.nextDouble()) - 1];
    }

    /** Writes {@code arguments[0]} bytes. */
    public static void main(String[] arguments) {
        byte[] bytes = bytes(Integer.parseInt(arguments[0]));
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
