package dev.overseer.server.configuration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Shows mistakes to people: where, the line itself with a caret, what was expected. */
final class Report {
  /** What a broken file may hold: there, no node tells where the secrets are. */
  private static final Pattern PROBABLE_SECRET =
      Pattern.compile(
          "(?i)([\\w-]*(?:password|passwd|secret|token)[\\w-]*[\"']?\\s*[:=]\\s*)(?!\\$\\{)([^,}&\\s]+)");

  private final String file;
  private final List<String> lines;
  private final List<Place> hidden;

  Report(String file, String text, List<Place> hidden) {
    this.file = file;
    this.lines = text.lines().toList();
    this.hidden = hidden;
  }

  String of(List<Mistake> mistakes) {
    String head =
        mistakes.size() == 1
            ? "%s has a mistake:".formatted(file)
            : "%s has %d mistakes:".formatted(file, mistakes.size());
    return mistakes.stream().map(this::of).collect(Collectors.joining("\n\n", head + "\n\n", ""));
  }

  private String of(Mistake mistake) {
    Place place = mistake.place();
    StringBuilder text =
        new StringBuilder(
            "%s:%d:%d: %s".formatted(file, place.line(), place.column(), mistake.what()));
    if (place.line() <= lines.size()) {
      text.append('\n').append(excerpt(place));
    }
    if (!mistake.expected().isEmpty()) {
      text.append("\n  expected: ").append(mistake.expected());
    }
    mistake.suggestion().ifPresent(it -> text.append("\n  did you mean: ").append(it));
    return text.toString();
  }

  private String excerpt(Place place) {
    String line = lines.get(place.line() - 1);
    String number = "%5d | ".formatted(place.line());
    int start = Math.min(place.column() - 1, line.length());
    int length = Math.max(1, Math.min(place.length(), line.stripTrailing().length() - start));
    String indent = line.substring(0, start).replaceAll("[^\\t]", " ");
    return number + shown(line, place.line()) + "\n      | " + indent + "^".repeat(length);
  }

  private String shown(String line, int number) {
    char[] characters = line.toCharArray();
    for (Place place : hidden) {
      if (place.line() == number) {
        int to = (int) Math.min((long) place.column() - 1 + place.length(), characters.length);
        cover(characters, place.column() - 1, to);
      }
    }
    Matcher probable = PROBABLE_SECRET.matcher(line);
    while (probable.find()) {
      cover(characters, probable.start(2), probable.end(2));
    }
    return new String(characters);
  }

  private static void cover(char[] characters, int from, int to) {
    for (int i = from; i < to; i++) {
      characters[i] = '*';
    }
  }
}
