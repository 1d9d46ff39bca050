package dev.overseer.model;

/** What every configured name has in common. */
final class Names {
  private static final int LENGTH_MAX = 200;

  private Names() {}

  static void require(String kind, String value) {
    if (value.isBlank() || value.length() > LENGTH_MAX || hasControls(value)) {
      throw new InvalidRequest(
          "A %s name has 1 to %d printable characters, but this one is '%s'"
              .formatted(kind, LENGTH_MAX, value));
    }
  }

  private static boolean hasControls(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ') {
        return true;
      }
    }
    return false;
  }
}
