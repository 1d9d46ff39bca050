package dev.overseer.store.keys;

import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The names of the keys that were destroyed, read from a file of keys that others may be writing.
 * It needs no master key, and opens nothing that was encrypted.
 */
public final class ErasedKeys {
  private ErasedKeys() {}

  /** Whether a token was made with one of them; of none, where there is no such file. */
  public static Predicate<String> read(Path path) {
    Set<String> erased = new HashSet<>();
    byte[] file = bytes(path);
    for (int at = KeySlot.LENGTH; at + KeySlot.LENGTH <= file.length; at += KeySlot.LENGTH) {
      KeySlot.find(Arrays.copyOfRange(file, at, at + KeySlot.LENGTH))
          .filter(slot -> slot.state() == KeySlot.State.ERASED)
          .ifPresent(slot -> erased.add(Base64.getUrlEncoder().encodeToString(slot.name())));
    }
    return token ->
        token.length() >= SubjectKey.NAME_CHARACTERS
            && erased.contains(token.substring(0, SubjectKey.NAME_CHARACTERS));
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException none) {
      return new byte[0];
    } catch (IOException e) {
      throw new Unavailable("The keys of subjects in %s cannot be read".formatted(path), e);
    }
  }
}
