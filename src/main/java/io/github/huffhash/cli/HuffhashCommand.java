package io.github.huffhash.cli;

import picocli.CommandLine.Command;

/** The whole program: signatures, and its subcommands. */
@Command(subcommands = CompareCommand.class)
final class HuffhashCommand extends SignatureCommand {}
