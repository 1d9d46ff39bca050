package dev.overseer.store.keyvalue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map from bytes to bytes: whoever holds one keeps its contents for ever, and a
 * changed one shares all but a path with it. A treap whose priorities are hashes of the keys, so
 * its shape depends on its contents alone.
 */
final class SortedTree {
  static final SortedTree EMPTY = new SortedTree(null);

  private final @Nullable Node root;

  private SortedTree(@Nullable Node root) {
    this.root = root;
  }

  private record Node(
      byte[] key, byte[] value, int priority, @Nullable Node left, @Nullable Node right) {

    Node withLeft(@Nullable Node other) {
      return new Node(key, value, priority, other, right);
    }

    Node withRight(@Nullable Node other) {
      return new Node(key, value, priority, left, other);
    }
  }

  SortedTree with(byte[] key, byte[] value) {
    return new SortedTree(put(root, key, value));
  }

  SortedTree without(byte[] key) {
    return new SortedTree(remove(root, key));
  }

  byte @Nullable [] find(byte[] key) {
    Node node = root;
    while (node != null) {
      int order = Arrays.compareUnsigned(key, node.key);
      if (order == 0) {
        return node.value;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  Cursor ascending(KeyRange range) {
    return new Walk(range, true);
  }

  Cursor descending(KeyRange range) {
    return new Walk(range, false);
  }

  private static Node put(@Nullable Node node, byte[] key, byte[] value) {
    if (node == null) {
      return new Node(key, value, priority(key), null, null);
    }
    int order = Arrays.compareUnsigned(key, node.key);
    if (order == 0) {
      return new Node(node.key, value, node.priority, node.left, node.right);
    }
    if (order < 0) {
      Node left = put(node.left, key, value);
      return left.priority > node.priority
          ? left.withRight(node.withLeft(left.right))
          : node.withLeft(left);
    }
    Node right = put(node.right, key, value);
    return right.priority > node.priority
        ? right.withLeft(node.withRight(right.left))
        : node.withRight(right);
  }

  private static @Nullable Node remove(@Nullable Node node, byte[] key) {
    if (node == null) {
      return null;
    }
    int order = Arrays.compareUnsigned(key, node.key);
    if (order == 0) {
      return merge(node.left, node.right);
    }
    return order < 0
        ? node.withLeft(remove(node.left, key))
        : node.withRight(remove(node.right, key));
  }

  private static @Nullable Node merge(@Nullable Node left, @Nullable Node right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    return left.priority > right.priority
        ? left.withRight(merge(left.right, right))
        : right.withLeft(merge(left, right.left));
  }

  private static int priority(byte[] key) {
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    hash ^= hash >>> 15;
    hash *= 0x85EBCA6B;
    return hash ^ (hash >>> 13);
  }

  /** The nodes still to come whose near side is already behind, nearest on top. */
  private final class Walk implements Cursor {
    private final KeyRange range;
    private final boolean up;
    private final Deque<Node> ahead = new ArrayDeque<>();
    private @Nullable Node at;

    Walk(KeyRange range, boolean up) {
      this.range = range;
      this.up = up;
      descend(root);
    }

    @Override
    public boolean next() {
      at = ahead.poll();
      if (at != null) {
        descend(up ? at.right : at.left);
        if (isBeyond(at.key)) {
          at = null;
          ahead.clear();
        }
      }
      return at != null;
    }

    private void descend(@Nullable Node from) {
      Node node = from;
      while (node != null) {
        if (isTooEarly(node.key)) {
          node = up ? node.right : node.left;
        } else {
          ahead.push(node);
          node = up ? node.left : node.right;
        }
      }
    }

    private boolean isTooEarly(byte[] key) {
      return up ? isBelow(key) : isAbove(key);
    }

    private boolean isBeyond(byte[] key) {
      return up ? isAbove(key) : isBelow(key);
    }

    private boolean isBelow(byte[] key) {
      return Arrays.compareUnsigned(key, range.from()) < 0;
    }

    private boolean isAbove(byte[] key) {
      return range.isBounded() && Arrays.compareUnsigned(key, range.to()) >= 0;
    }

    @Override
    public byte[] key() {
      return current().key;
    }

    @Override
    public byte[] value() {
      return current().value;
    }

    private Node current() {
      if (at == null) {
        throw new IllegalStateException("The cursor is at no entry");
      }
      return at;
    }

    @Override
    public void close() {
      ahead.clear();
      at = null;
    }
  }
}
