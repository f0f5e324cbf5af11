/** A program that uses the library and nothing else. */
module example {
    requires io.github.huffhash;
}
