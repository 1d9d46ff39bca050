package dev.overseer.store.objects;

import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Tells whether what is under a key is what someone wanted to put there, piece by piece. */
public final class Comparison {
  private static final int PIECE = 1 << 20;

  private Comparison() {}

  /** What became of a put that found its key in use. */
  public static PutResult settle(ObjectStore store, ObjectKey key, ObjectContent content) {
    return isHeld(store, key, content) ? PutResult.STORED : PutResult.TAKEN;
  }

  private static boolean isHeld(ObjectStore store, ObjectKey key, ObjectContent content) {
    try (InputStream wanted = content.open()) {
      for (long position = 0; ; position += PIECE) {
        Optional<ObjectSlice> held = store.find(key, position, PIECE);
        if (held.isEmpty()
            || held.get().objectLength() != content.length()
            || !Arrays.equals(wanted.readNBytes(PIECE), held.get().bytes())) {
          return false;
        }
        if (position + PIECE >= content.length()) {
          return true;
        }
      }
    } catch (IOException e) {
      throw new Unavailable("What was to be put under " + key + " cannot be read", e);
    }
  }
}
