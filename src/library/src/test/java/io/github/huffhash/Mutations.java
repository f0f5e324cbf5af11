package io.github.huffhash;

import io.github.huffhash.internal.bits.BackwardBitReader;
import io.github.huffhash.internal.bits.LittleEndian;
import io.github.huffhash.internal.zstd.Frames;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random files: damaged ones, and ones made up, up to some valid beginning. */
final class Mutations {
    /** A direct and an FSE-compressed tree description, both of two symbols; and no beginning. */
    private static final String[] TREES = {"80 10", "04 10 60 11 2D", "82", "08", ""};

    private final Random random;
    private final List<byte[]> files;

    /**
     * @param files to be damaged
     */
    Mutations(Random random, List<byte[]> files) {
        this.random = random;
        this.files = files;
    }

    /** A frame of Huffman-coded blocks whose sizes are right, and little else. */
    byte[] madeUp() {
        byte[] file = Frames.hex(Frames.START);
        int blocks = 1 + random.nextInt(2);
        for (int block = 1; block <= blocks; block++) {
            byte[] tree = Frames.hex(TREES[random.nextInt(TREES.length)]);
            boolean treeless = block > 1 && random.nextBoolean();
            if (treeless) {
                tree = new byte[0];
            }
            byte[] section = Frames.concat(tree, streams());
            int format = random.nextInt(2); // one stream or four
            int literals = random.nextInt(random.nextBoolean() ? 40 : 400);
            if (random.nextBoolean()
                    && section[section.length - 1] != 0) { // would fit codes of 1 bit
                literals = (int) BackwardBitReader.bits(section, tree.length, section.length);
                literals = Math.max(0, literals - format * (6 * 8 + 3));
            }
            int sizes = section.length << 14 | literals << 4;
            byte[] header = new byte[6];
            LittleEndian.put24(
                    header, 0, (section.length + 4) << 3 | 4 | (block == blocks ? 1 : 0));
            LittleEndian.put24(header, 3, sizes | format << 2 | (treeless ? 3 : 2));
            file = Frames.concat(file, header, section, new byte[1]);
        }
        return file;
    }

    /** Random bytes, or four streams of them that a jump table describes. */
    private byte[] streams() {
        byte[] streams = new byte[1 + random.nextInt(random.nextBoolean() ? 12 : 100)];
        random.nextBytes(streams);
        if (random.nextBoolean()) {
            return streams;
        }
        byte[] jumpTable = new byte[6];
        int quarter = streams.length / 4;
        if (streams.length % 4 == 0) {
            streams[streams.length - 1] = (byte) 128;
        }
        for (int i = 0; i < 3; i++) {
            if (quarter > 0) {
                streams[(i + 1) * quarter - 1] = (byte) 128; // all bits but one
            }
            LittleEndian.put16(jumpTable, 2 * i, quarter);
        }
        return Frames.concat(jumpTable, streams);
    }

    /** Random bytes behind the first bytes of a file. */
    byte[] begun() {
        byte[] rest = new byte[random.nextInt(64)];
        random.nextBytes(rest);
        byte[] file = any();
        return Frames.concat(Arrays.copyOf(file, random.nextInt(Math.min(20, file.length))), rest);
    }

    /** A file with up to four faults. */
    byte[] damaged() {
        byte[] file = any();
        for (int faults = 1 + random.nextInt(4); faults > 0; faults--) {
            file = file.length == 0 ? file : damage(file.clone());
        }
        return file;
    }

    private byte[] any() {
        return files.get(random.nextInt(files.size()));
    }

    private byte[] damage(byte[] file) {
        int spared = Math.min(file.length - 1, random.nextInt(8) == 0 ? 0 : 5); // magic, flags
        int at = spared + random.nextInt(file.length - spared);
        int end = at + random.nextInt(Math.min(20, file.length - at + 1));
        return switch (random.nextInt(8)) {
            case 0, 1 -> {
                file[at] ^= (byte) (1 << random.nextInt(8));
                yield file;
            }
            case 2 -> {
                file[at] = (byte) random.nextInt();
                yield file;
            }
            case 3 -> { // where the headers are
                file[Math.min(file.length - 1, random.nextInt(24))] = (byte) random.nextInt();
                yield file;
            }
            case 4 -> Arrays.copyOf(file, at);
            case 5 -> // removed
                    Frames.concat(
                            Arrays.copyOf(file, at), Arrays.copyOfRange(file, end, file.length));
            case 6 -> // repeated
                    Frames.concat(
                            Arrays.copyOf(file, end), Arrays.copyOfRange(file, at, file.length));
            default -> { // with the end of another
                byte[] other = any();
                int cut = random.nextInt(other.length);
                yield Frames.concat(
                        Arrays.copyOf(file, at), Arrays.copyOfRange(other, cut, other.length));
            }
        };
    }
}
