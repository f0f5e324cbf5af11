package io.github.huffhash.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A word that many threads write. It is longer than two cache lines, which processors fetch in
 * pairs, so that no two of these words share a line.
 */
@SuppressWarnings({"serial", "UnusedVariable"}) // the fields only fill room
public final class PaddedLong extends AtomicLong {
    long p00;
    long p01;
    long p02;
    long p03;
    long p04;
    long p05;
    long p06;
    long p07;
    long p08;
    long p09;
    long p10;
    long p11;
    long p12;
    long p13;
    long p14;
}
