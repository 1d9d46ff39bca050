package dev.overseer.runner.violations;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Quiet;
import dev.overseer.runner.journal.JournalEntry.QuietVerdicts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the quiet verdicts of one append: a block for each check and definition. */
final class QuietBlocks {
  private final Map<Block, List<Quiet>> blocks = new LinkedHashMap<>();

  private record Block(CheckName check, DefinitionHash definition) {}

  /** Takes the verdict, if it is quiet; says whether it is. */
  boolean add(Verdict verdict) {
    if (!verdict.isComplete()) {
      return false;
    }
    return switch (verdict.outcome()) {
      case Outcome.Passed _, Outcome.NotApplicable _ -> {
        blocks
            .computeIfAbsent(
                new Block(verdict.check(), verdict.definition()), _ -> new ArrayList<>())
            .add(new Quiet(verdict.root(), verdict.trigger(), verdict.cut(), verdict.outcome()));
        yield true;
      }
      case Outcome.Failed _, Outcome.Inconclusive _, Outcome.Errored _ -> false;
    };
  }

  List<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    blocks.forEach(
        (block, verdicts) ->
            entries.add(new QuietVerdicts(block.check(), block.definition(), verdicts)));
    return entries;
  }
}
