package dev.overseer.server.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Gives each field the number that its name and type say, whatever other fields there are: so it
 * keeps it as columns come and go, on every machine, and a column that changes its type becomes
 * another field.
 */
final class FieldNumbers {
  private static final int GREATEST = (1 << 29) - 1;

  /** Not for users, says the language. */
  private static final int RESERVED_FIRST = 19_000;

  private static final int RESERVED_LAST = 19_999;

  private FieldNumbers() {}

  /**
   * The number of each name. Two that say the same number, once in a hundred thousand tables of a
   * hundred columns, are told apart by their order: the later one takes the next.
   */
  static Map<String, Integer> of(SortedSet<String> names) {
    Map<Integer, String> taken = new TreeMap<>();
    Map<String, Integer> numbers = new TreeMap<>();
    for (String name : names) {
      int number = told(name);
      while (taken.containsKey(number) || isReserved(number)) {
        number = number == GREATEST ? 1 : number + 1;
      }
      taken.put(number, name);
      numbers.put(name, number);
    }
    return numbers;
  }

  /** The first four bytes of its SHA-256, modulo the greatest number, and one more. */
  private static int told(String name) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      return Integer.remainderUnsigned(ByteBuffer.wrap(digest).getInt(), GREATEST) + 1;
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java has SHA-256", missing);
    }
  }

  private static boolean isReserved(int number) {
    return number >= RESERVED_FIRST && number <= RESERVED_LAST;
  }
}
