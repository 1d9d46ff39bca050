package dev.overseer.server.commands;

import dev.overseer.server.reading.Question;
import dev.overseer.server.reading.Readings;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** What every reading as of one time takes: whom to ask, about what, and as of when. */
final class ReadingOptions {
  @Mixin DeskOptions desk = new DeskOptions();
  @Mixin AskedOptions asked = new AskedOptions();
  @Mixin AsOfOption asOf = new AsOfOption();

  /** Asks, and prints the answer: as it is with {@code --json}, else as {@code text} tells it. */
  <A> int tell(Program program, BiFunction<Readings, Question, A> read, Function<A, String> text)
      throws Exception {
    Question question = asked.question(asOf.given());
    A answer = desk.ask(program, it -> read.apply(it.readings(), question));
    desk.print(answer, text.apply(answer));
    return ExitCode.DONE;
  }
}
