using Zvonok.Chaos.Reports;
using Zvonok.Chaos.Tests.Check;

namespace Zvonok.Chaos.Tests.Reports;

/// <summary>Whose waiting is counted to which fault.</summary>
public sealed class WaitsTests
{
    private readonly Histories _history = new();

    [Fact]
    public void A_wait_belongs_to_the_fault_in_whose_time_it_was_longest()
    {
        var caught = _history.TopUp(500);
        _history.Lose(caught, 9, 12);
        _history.Answer(caught, 12, 15, caught.Operation.AnswerOf(_history.Write(caught, 14)));
        _history.Grant(_history.Tap(Gate.V1.Direction.In, at: 40.5), 41, 42);
        PlayedFault[] faults = [Played(FaultKind.Kill, 10, 20), Played(FaultKind.Cut, 40, 50)];

        var waits = Waits.Of(_history.Operations, faults, TimeSpan.FromSeconds(60));
        var kill = waits.Single(wait => wait.Kind == FaultNames.Of(FaultKind.Kill));
        // From when it should have been sent, which is the beginning.
        kill.Touched.ShouldBe(TimeSpan.FromSeconds(15));
        kill.Others.ShouldBe(TimeSpan.Zero);
        kill.TouchedShare.ShouldBe(1);
        var cut = waits.Single(wait => wait.Kind == FaultNames.Of(FaultKind.Cut));
        cut.Touched.ShouldBe(TimeSpan.Zero);
        cut.Others.ShouldBe(TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public void The_longest_time_without_any_answer_is_told()
    {
        for (var i = 0; i < 10; i++) _history.Grant(_history.TopUp(1), i, i + 1);
        _history.Grant(_history.TopUp(1), 30, 31);
        Waits.Of(_history.Operations, [Played(FaultKind.DatabaseStop, 9, 29)], TimeSpan.FromSeconds(32))
            .ShouldHaveSingleItem().Silence.ShouldBe(TimeSpan.FromSeconds(21));
    }

    [Fact]
    public void Two_faults_at_a_time_are_told_as_such()
    {
        PlayedFault[] faults = [Played(FaultKind.Kill, 10, 20, overlaps: true), Played(FaultKind.Cut, 15, 18, overlaps: true), Played(FaultKind.Cut, 40, 50)];
        Waits.Of(_history.Operations, faults, TimeSpan.FromSeconds(60)).Select(wait => (wait.Kind, wait.Count))
            .ShouldBe([(FaultNames.Of(FaultKind.Cut), 1), ("two at a time", 1)]);
    }

    private static PlayedFault Played(FaultKind kind, double from, double to, bool overlaps = false) =>
        new(new Fault(kind, 0, TimeSpan.Zero, TimeSpan.FromSeconds(to - from)), TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to), overlaps);
}
