using System.Collections.Concurrent;
using Zvonok.Gate.V1;
using Zvonok.Simulation.Days;
using Zvonok.Simulation.Terminals;

namespace Zvonok.Processes.Tests.Load;

/// <summary>Children who come to school by some gate, eat, leave by some other and come again, whatever happens to the core, and what their terminals told each of them.</summary>
internal sealed class Children
{
    private readonly CityTerminals _terminals;
    private readonly ConcurrentQueue<Told> _told = new();
    private readonly Task _living;
    private volatile bool _stops;

    /// <summary>They begin.</summary>
    /// <param name="pupils">Who, and what is wrong with the card.</param>
    /// <param name="terminals">Where.</param>
    /// <param name="pause">How long somebody waits on average between two things.</param>
    /// <param name="seed">What gates and pauses are drawn from.</param>
    public Children(IEnumerable<(Pupil Pupil, Mishap Mishap)> pupils, CityTerminals terminals, TimeSpan pause, int seed)
    {
        _terminals = terminals;
        var random = new Random(seed);
        _living = Task.WhenAll(pupils.Select(one => (one.Pupil, one.Mishap, Random: new Random(random.Next()))).ToList().Select(one => Task.Run(() => Live(one.Pupil, one.Mishap, pause, one.Random))));
    }

    /// <summary>All that was told so far, in the order of each child.</summary>
    public IReadOnlyCollection<Told> Told => _told;

    /// <summary>How many passed, and ate, without the core or its journal.</summary>
    public (int Passed, int Ate) Untold => (_told.Count(told => told is Passed { IsUntold: true }), _told.Count(told => told is Ate { IsUntold: true }));

    /// <summary>How much was decided with the core and its journal.</summary>
    public int Recorded => _told.Count(told => !told.IsUntold);

    /// <summary>Everybody finishes what is begun.</summary>
    public Task Stop()
    {
        _stops = true;
        return _living;
    }

    private async Task Live(Pupil pupil, Mishap mishap, TimeSpan pause, Random random)
    {
        await Task.Delay(pause * (3 * random.NextDouble()));
        while (!_stops)
        {
            await Pass(pupil, mishap, Direction.In, random);
            await Task.Delay(pause * (0.5 + random.NextDouble()));
            await Eat(pupil, mishap);
            await Task.Delay(pause * (0.5 + random.NextDouble()));
            await Pass(pupil, mishap, Direction.Out, random);
            await Task.Delay(pause * (0.5 + random.NextDouble()));
        }
    }

    private async Task Pass(Pupil pupil, Mishap mishap, Direction direction, Random random)
    {
        var arrival = new Arrival(TimeSpan.Zero, pupil, mishap);
        var decision = await _terminals.Gate(pupil.School.Gate(random.Next(pupil.School.GateCount))).Tap(arrival.CardUid.Memory, direction);
        _told.Enqueue(new Passed(pupil, decision, arrival.RefusalDue(decision.IsAlone)));
    }

    private async Task Eat(Pupil pupil, Mishap mishap)
    {
        var lunch = new Lunch(TimeSpan.Zero, pupil, mishap, Menu.LinesFor(pupil.Index));
        var decision = await _terminals.Till(pupil.School.Till).Sell(lunch.CardUid.Memory, [.. lunch.Lines]);
        _told.Enqueue(new Ate(pupil, decision, Menu.PriceFor(pupil.Index), lunch.RefusalDue(decision.IsAlone)));
    }
}
