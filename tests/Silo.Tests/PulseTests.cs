using Zvonok.Silo.Management;

namespace Zvonok.Silo.Tests;

/// <summary>What the pulse takes for a stand, and what not.</summary>
public sealed class PulseTests : IDisposable
{
    private readonly Pool _pool = new();
    private readonly List<string> _ends = [];
    private readonly List<int> _stood = [];
    private readonly Pulse _pulse;

    public PulseTests() => _pulse = new Pulse(_pool, _ends.Add, _stood.Add);

    public void Dispose() => _pulse.Dispose();

    [Fact]
    public void A_pool_that_does_its_beats_is_left_alone()
    {
        for (var beat = 0; beat < 10 * Pulse.MissedMax; beat++)
        {
            _pulse.Beat();
            _pool.DoAll();
        }

        _ends.ShouldBeEmpty();
    }

    [Fact]
    public void A_pool_that_has_not_come_to_the_beat_but_does_other_work_is_slow_and_left_alone()
    {
        for (var beat = 0; beat < 10 * Pulse.MissedMax; beat++)
        {
            _pulse.Beat();
            _pool.CompletedCount++;
        }

        _ends.ShouldBeEmpty();
        _stood.ShouldBeEmpty();
    }

    [Fact]
    public void A_pool_that_does_nothing_at_all_ends_the_silo_once_and_its_figures_are_told()
    {
        for (var beat = 0; beat <= Pulse.MissedMax; beat++)
        {
            _ends.ShouldBeEmpty();
            _pulse.Beat();
        }

        for (var beat = 0; beat < 5; beat++) _pulse.Beat();

        _ends.ShouldHaveSingleItem().ShouldBe("The thread pool has done nothing for 10 seconds: stands. The silo ends, to be started again.");
    }

    [Fact]
    public void Every_beat_is_queued_for_more_work_may_wake_the_pool()
    {
        for (var beat = 1; beat < Pulse.MissedMax; beat++)
        {
            _pulse.Beat();
            _pool.Queued.Count.ShouldBe(beat);
        }
    }

    [Fact]
    public void A_pool_that_goes_on_in_time_begins_anew_and_a_long_stand_is_told()
    {
        foreach (var beats in new[] { Pulse.MissedMax, Pulse.MissedTold, Pulse.MissedTold + 1 })
        {
            for (var beat = 0; beat < beats; beat++) _pulse.Beat();
            _pool.DoAll();
            _pulse.Beat();
            _pool.DoAll();
        }

        _ends.ShouldBeEmpty();
        _stood.ShouldBe([Pulse.MissedMax - 1, Pulse.MissedTold]);
    }

    private sealed class Pool : IPool
    {
        public Queue<Action> Queued { get; } = new();

        public long CompletedCount { get; set; }

        public void Queue(Action work) => Queued.Enqueue(work);

        public void DoAll()
        {
            for (; Queued.TryDequeue(out var work); CompletedCount++) work();
        }

        public override string ToString() => "stands";
    }
}
