package dev.overseer.store.objects;

import dev.overseer.model.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an object is to hold. It can be read again for every attempt. */
public sealed interface ObjectContent {

  /** Bytes that nobody changes any more. */
  record OfBytes(byte[] bytes) implements ObjectContent {

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** A file that nobody changes any more; it is never in memory as a whole. */
  record OfFile(Path file) implements ObjectContent {

    @Override
    public long length() {
      try {
        return Files.size(file);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    @Override
    public InputStream open() {
      try {
        return Files.newInputStream(file);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    private Unavailable unreadable(IOException cause) {
      return new Unavailable("The file " + file + " cannot be read", cause);
    }
  }

  long length();

  /** From the first byte; the caller closes it. */
  InputStream open();
}
