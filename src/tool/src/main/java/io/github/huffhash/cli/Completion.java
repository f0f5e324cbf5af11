package io.github.huffhash.cli;

import picocli.AutoComplete;

/** Prints the completion script for bash, which zsh can use as well. */
public final class Completion {
    private Completion() {}

    /** Prints it; no arguments. */
    public static void main(String[] args) {
        System.out.print(AutoComplete.bash(SignatureCommand.NAME, Main.wholeCommandLine()));
    }
}
