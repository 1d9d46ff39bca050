package dev.overseer.store.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** What objects hold, byte for byte. */
final class Contents {
  private Contents() {}

  static byte[] of(ObjectContent content) {
    try (InputStream in = content.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isWithin(byte[] part, byte[] whole) {
    return new String(whole, ISO_8859_1).contains(new String(part, ISO_8859_1));
  }

  /** Of all the objects of a small store. */
  static List<byte[]> of(ObjectStore store) {
    return store.list("", Optional.empty()).stream()
        .map(StoredObject::key)
        .map(key -> store.find(key, 0, Integer.MAX_VALUE).orElseThrow().bytes())
        .toList();
  }
}
