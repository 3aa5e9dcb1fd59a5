using System.Collections.Concurrent;

namespace Zvonok.Chaos.Faults;

/// <summary>Plays episodes one after the other, and writes down when each fault began and when it was healed.</summary>
internal sealed class Director(Theatre theatre, Func<TimeSpan> now, Action<string> say)
{
    // A silo that was frozen or cut off may find out later that the others have given it up, and end.
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<PlayedFault> _played = new();
    private readonly ConcurrentQueue<string> _complaints = new();

    /// <summary>What was played so far.</summary>
    public IReadOnlyList<PlayedFault> Played => [.. _played.OrderBy(played => played.BeganAt)];

    /// <summary>What did not obey as it should have.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Plays until the next episode would not end by <paramref name="until"/>.</summary>
    public async Task Play(IEnumerable<Episode> episodes, TimeSpan until, CancellationToken stop)
    {
        foreach (var episode in episodes)
        {
            if (now() + episode.Length > until) return;
            await Task.Delay(episode.Quiet, stop);
            await Task.WhenAll(episode.Faults.Select(fault => Play(fault, episode.Faults.Count > 1, stop)));
        }
    }

    private async Task Play(Fault fault, bool overlaps, CancellationToken stop)
    {
        await Task.Delay(fault.After, stop);
        var began = now();
        say($"{began.TotalSeconds,6:0.0} s  {FaultNames.Of(fault)}");
        await Do(fault, stop);
        _played.Enqueue(new PlayedFault(fault, began, now(), overlaps));
    }

    private Task Do(Fault fault, CancellationToken stop) => fault switch
    {
        { Kind: FaultKind.Kill, Silo: { } silo } => Kill(theatre.Seats[silo], fault.Length, stop),
        { Kind: FaultKind.Freeze, Silo: { } silo } => Freeze(theatre.Seats[silo], fault.Length, stop),
        { Kind: FaultKind.Replace, Silo: { } silo } => Replace(theatre.Seats[silo], stop),
        { Kind: FaultKind.DatabaseStop } => StopDatabase(fault.Length, stop),
        { Silo: { } silo } => Disturb(theatre.Seats[silo], fault, stop),
        _ => throw new ArgumentException($"{fault} names no silo.", nameof(fault)),
    };

    private static Task Kill(Seat seat, TimeSpan length, CancellationToken stop) => seat.Handle(async process =>
    {
        await process.Kill();
        await Task.Delay(length, stop);
        await seat.Start(stop);
    });

    private static async Task Freeze(Seat seat, TimeSpan length, CancellationToken stop)
    {
        await seat.Handle(async process =>
        {
            process.Freeze();
            try
            {
                await Task.Delay(length, stop);
            }
            finally
            {
                process.Thaw();
            }
        });
        await Serves(seat, stop);
    }

    private Task Replace(Seat seat, CancellationToken stop) => seat.Handle(async process =>
    {
        try
        {
            if (!process.HasExited && await process.Stop() is var status and not 0) _complaints.Enqueue($"silo {seat.Number + 1} ended with {status}");
        }
        catch (TimeoutException tooLate)
        {
            _complaints.Enqueue($"silo {seat.Number + 1}: {tooLate.Message}");
        }

        await seat.Start(stop);
    });

    private async Task StopDatabase(TimeSpan length, CancellationToken stop)
    {
        await theatre.Postgres.StopImmediately(stop);
        await Task.Delay(length, stop);
        await theatre.Postgres.StartAgain(stop);
    }

    private static async Task Disturb(Seat seat, Fault fault, CancellationToken stop)
    {
        if (fault.Kind == FaultKind.Cut) seat.Link.Cut();
        else if (fault.Kind == FaultKind.Silence) seat.Link.Silence();
        else seat.Link.Slow(fault.Delay);
        try
        {
            await Task.Delay(fault.Length, stop);
        }
        finally
        {
            seat.Link.Heal();
        }

        await Serves(seat, stop);
    }

    // Whoever ends by itself in the time of doubt is started again by the seat's watch, which has the seat in hand meanwhile.
    private static async Task Serves(Seat seat, CancellationToken stop)
    {
        await Task.Delay(Doubt, stop);
        await seat.Handle(_ => Task.CompletedTask);
    }
}
