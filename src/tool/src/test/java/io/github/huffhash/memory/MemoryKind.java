package io.github.huffhash.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The kinds of memory a heap may lie in. */
enum MemoryKind {
    MAPPED {
        @Override
        HeapMemory allocate(Arena arena, Path folder, long bytes) {
            try {
                Path file = Files.createTempFile(folder, "heap", ".bin");
                return HeapMemory.of(map(arena, file, bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    ARRAY {
        @Override
        HeapMemory allocate(Arena arena, Path folder, long bytes) {
            return HeapMemory.ofBytes(bytes);
        }
    };

    /**
     * Memory of this kind.
     *
     * @param arena decides how long it lives, and who may access it
     * @param folder where a file may be made
     */
    abstract HeapMemory allocate(Arena arena, Path folder, long bytes);

    /** Maps the first {@code bytes} bytes of a file, which grows if it is shorter. */
    static MemorySegment map(Arena arena, Path file, long bytes) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
        }
    }
}
