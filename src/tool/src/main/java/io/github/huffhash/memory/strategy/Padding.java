package io.github.huffhash.memory.strategy;

/**
 * Keeps what lies before an object in memory off the cache lines of its first field: the JVM lays
 * out a superclass's fields before those of a class.
 */
class Padding {
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
