package dev.overseer.examples.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A guide's code blocks, taken one after the other, as its reader does. */
final class Guide {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

  private final Deque<Snippet> ahead;

  private Guide(Deque<Snippet> ahead) {
    this.ahead = ahead;
  }

  private record Snippet(String language, String text) {}

  static Guide read(Path file) throws IOException {
    Deque<Snippet> snippets = new ArrayDeque<>();
    Matcher matcher = BLOCK.matcher(Files.readString(file));
    while (matcher.find()) {
      snippets.add(new Snippet(matcher.group(1), matcher.group(2)));
    }
    return new Guide(snippets);
  }

  /** The next block, which must be in this language. */
  String next(String language) {
    Snippet snippet = ahead.remove();
    if (!snippet.language().equals(language)) {
      throw new AssertionError(
          "The guide goes on in %s, not %s:\n%s"
              .formatted(snippet.language(), language, snippet.text()));
    }
    return snippet.text();
  }

  boolean isAtEnd() {
    return ahead.isEmpty();
  }
}
