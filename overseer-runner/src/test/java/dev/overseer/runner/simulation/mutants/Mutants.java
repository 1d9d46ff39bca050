package dev.overseer.runner.simulation.mutants;

import java.util.List;

/** The mistakes that the simulation must find. */
final class Mutants {
  private Mutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of("cut off by one: judged when it is reached, not covered")
            .replacing(
                "runner.scheduling.Agenda",
                "first != null && first.at().isBefore(frontier)",
                "first != null && !first.at().isAfter(frontier)"),
        Mutant.of("cut off by one: updates of the cut's own time are left out")
            .replacing(
                "store.index.SourceOrder",
                "!update.effectiveTime().isAfter(asOf.cut())",
                "update.effectiveTime().isBefore(asOf.cut())"),
        Mutant.of("watermark before durable: what is appended can be read")
            .replacing("store.log.MemoryLog", "new LogOffset(durable)", "appended()"),
        Mutant.of("pending lost in a crash: plans are in memory only")
            .replacing("runner.Course", "    agenda.stage(batch);\n", ""),
        Mutant.of("trigger consumed twice: verdicts since the checkpoint are not known again")
            .replacing(
                "runner.violations.JournalTail",
                "return found;\n  }\n\n  private void add",
                "return false;\n  }\n\n  private void add"),
        Mutant.of("trigger consumed twice: what a check has read is read again for another's sake")
            .replacing("runner.Course", "offset.compareTo(consumed) >= 0", "true"),
        Mutant.of("coalescing hides a failure: an update between two cuts is overlooked")
            .replacing(
                "runner.scheduling.RootState",
                "!hasWaiting() || noneWaitsFrom",
                "hasWaiting() || noneWaitsFrom"),
        Mutant.of("late knowledge not re-judged: what changed in a gap is not looked for")
            .replacing(
                "runner.Discoveries",
                "Stream.concat(existing(discovery), unseen(discovery, known))",
                "existing(discovery)"),
        Mutant.of("arrival order used in selection: roots are searched before all is known")
            .replacing(
                "runner.scheduling.Agenda",
                "first.at().isBefore(frontier) ? first",
                "(first.at().isBefore(frontier) || first instanceof Select) ? first"),
        Mutant.of("stale reference kept: whoever ever referred to a record is a member")
            .replacing("views.ViewAssembly", "targets.contains(parent)", "true"),
        Mutant.of("coverage ahead: it claims all that was heard")
            .replacing(
                "runner.Course",
                "agenda.earliestTrigger().orElse(EffectiveTime.MAX).min(times.frontier())",
                "times.frontier()"),
        Mutant.of("backtest reads past its offset: the log is read further than the index goes")
            .replacing(
                "runner.Run",
                "ahead != null && ahead.offset().compareTo(end) < 0",
                "ahead != null"),
        Mutant.of("late knowledge not re-judged: what a fail-over undoes is not looked at")
            .replacing("runner.Run", "        planDisowned(forked, offset, now);\n", ""),
        Mutant.of("told before durable: what a lost machine alone knew is escalated")
            .replacing("runner.escalation.Deliverer", "journal.safe()", "journal.end()"),
        Mutant.of("coverage ahead: another selection passes for the same definition")
            .replacing(
                "runner.DefinitionText",
                "selected.equals(selected(Selection.EVERY_UPDATE, alias))",
                "true"),
        Mutant.of("pending lost in a crash: what a sweep triggered is in memory only")
            .replacing("runner.Run", "    courses.forEach(run::takeUpSweeps);\n", ""),
        Mutant.of("pending lost in a crash: bursts are in memory only")
            .replacing(
                "runner.scheduling.RootState", "!hasWaiting() && !isBursting()", "!hasWaiting()"),
        Mutant.of("an earlier verdict overrules a later one: a new definition goes back in time")
            .replacing(
                "runner.journal.ActivationBook", "from.max(judged.unjudgedFrom(check))", "from"),
        Mutant.of("told to nobody: what opened while it was observed is not told when it is active")
            .replacing("runner.violations.ViolationBook", "= tellUnheard(now)", "= false"));
  }
}
