package io.github.huffhash.explain;

import io.github.huffhash.report.Table;
import io.github.huffhash.tree.ReferenceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node of the reference's tree, and the hash when it has been passed.
 *
 * @param path from the root: 0 is left
 */
record HashedNode(String path, ReferenceTree.Node node, int hash) {
    /** How far the text indents the nodes of the tree. */
    private static final int MOST_INDENT = 24;

    private static final int MODULUS = Integer.MAX_VALUE;

    static final Table<HashedNode> COLUMNS =
            new Table<HashedNode>()
                    .with("path", HashedNode::path)
                    .shown("node", "", "%-34s", HashedNode::indented)
                    .with("symbol", HashedNode::symbol)
                    .with("frequency", each -> each.node.frequency())
                    .shown("frequency", "", "%,9d")
                    .with("added", each -> each.node.symbol())
                    .shown("symbol", "", "%6d")
                    .with("hash", HashedNode::hash)
                    .shown("hash", "", "%13d");

    /**
     * The nodes and their hashes.
     *
     * @param nodes the tree in pre-order
     */
    static List<HashedNode> of(List<ReferenceTree.Node> nodes) {
        List<HashedNode> hashed = new ArrayList<>();
        List<String> pending = new ArrayList<>(List.of(""));
        long hash = 0;
        for (ReferenceTree.Node node : nodes) {
            String path = pending.removeLast();
            hash = (hash * 31 + node.frequency() + node.symbol()) % MODULUS;
            hashed.add(new HashedNode(path, node, (int) hash));
            if (!node.isLeaf()) {
                pending.add(path + "1");
                pending.add(path + "0");
            }
        }
        return hashed;
    }

    private Optional<Integer> symbol() {
        return node.isLeaf() ? Optional.of(node.symbol()) : Optional.empty();
    }

    private String indented() {
        String indent = " ".repeat(Math.min(MOST_INDENT, path.length()));
        String edge = path.isEmpty() ? "" : path.substring(path.length() - 1) + " ";
        return indent + edge + symbol().map(Explanation::name).orElse("*");
    }
}
