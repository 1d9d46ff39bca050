package dev.overseer.server;

import java.util.Set;

/**
 * A subcommand of {@code overseer} that another module brings. Found by {@link
 * java.util.ServiceLoader}: name the implementing class in {@code
 * META-INF/services/dev.overseer.server.CommandContribution}.
 */
@FunctionalInterface
public interface CommandContribution {

  /**
   * A new picocli command: an object whose class is annotated with {@code @Command}, giving its
   * name and description, and which is a {@code Callable<Integer>} that returns the exit code.
   */
  Object command();

  /**
   * The names of commands that run a server: their log tells what it does. That of any other
   * command tells only what fails.
   */
  default Set<String> serving() {
    return Set.of();
  }
}
