package io.github.huffhash.cli;

import io.github.huffhash.block.*;
import io.github.huffhash.engine.*;
import io.github.huffhash.io.*;
import java.util.*;

public final class Main {
    public static void main(String[] args) throws Exception {
        for (int r = 0; r < Integer.getInteger("runs", 1); r++) {
            long t = System.nanoTime();
            var settings =
                    new EngineSettings(2, 2 << 20, 16 << 10, 50, Boolean.getBoolean("timed"));
            long[] sum = {0};
            try (var in = Input.open(args[0])) {
                var s =
                        Engines.create(Mode.valueOf(args[1].toUpperCase(Locale.ROOT)), settings)
                                .run(
                                        in,
                                        new SignatureWork(1024),
                                        h -> {
                                            for (int x : h.hashes())
                                                sum[0] = (sum[0] + x) % Integer.MAX_VALUE;
                                        });
                System.out.println(
                        sum[0] + " " + s + " " + (System.nanoTime() - t) / 1000000 + " ms");
            }
        }
    }
}
