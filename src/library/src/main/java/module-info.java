/** Huffman compression into standard Zstandard files. */
module io.github.huffhash {
    exports io.github.huffhash;
}
