using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zvonok.Domain.Time;
using Zvonok.Grains.Caretaking;

namespace Zvonok.Grains.Days;

/// <summary>
/// Closes each calendar day of each building, some hours after its midnight: ends the orders that nobody has fetched (M6), then writes down that the day is closed. It
/// may be broken off anywhere and done again: an order ends once, and a day that is closed has none left. Days that were missed are caught up, oldest first.
/// </summary>
internal sealed class DayCloseChore(IDayLog days, GrainLookup grains, IOptions<GrainsOptions> options, IClock clock, ILogger<DayCloseChore> logger) : IChore
{
    private const int OrdersAtOnce = 32;

    // A day is closed hours after it is over: nobody waits for the minute.
    private static readonly Duration Interval = Duration.FromMinutes(1);

    private Instant _next = Instant.MinValue;

    public async Task Do(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        if (now < _next) return;
        var isAllClosed = true;
        foreach (var building in await days.List())
        {
            if (stop.IsCancellationRequested) return;
            isAllClosed &= await CloseAll(building, now, stop);
        }

        // What failed is tried again at once.
        if (isAllClosed) _next = now + Interval;
    }

    // A building that cannot be closed now does not hold up the others.
    private async Task<bool> CloseAll(BuildingDays building, Instant now, CancellationToken stop)
    {
        try
        {
            foreach (var day in DayRules.ToClose(building.ClosedUntil, building.ZoneId, now, Duration.FromHours(options.Value.DayCloseHours)))
            {
                if (stop.IsCancellationRequested) return false;
                await Close(building.Building, day, now);
            }

            return true;
        }
        catch (Exception exception)
        {
            Log.NotClosed(logger, building.Building, exception);
            return false;
        }
    }

    private async Task Close(BuildingId building, LocalDate day, Instant now)
    {
        var ended = 0;
        while (await days.ListOrders(building, day, OrdersAtOnce) is { Count: > 0 } open)
        {
            var ends = await Task.WhenAll(open.Select(End));
            if (!ends.Contains(true)) throw new InvalidOperationException($"No order of building {building} until {day} ends, and {open.Count} are open.");
            ended += ends.Count(hasEnded => hasEnded);
        }

        await days.Close(building, day, now);
        if (ended > 0) Log.Closed(logger, day, building, ended);
    }

    // Who fetches it at this very moment has it: then it has ended already.
    private async Task<bool> End(AccountOrder open)
    {
        var answer = await grains.Account(open.Account).ExpireOrder(open.Order.Expiry(open.Account));
        if (answer.Refusal is not (AccountRefusal.None or AccountRefusal.OrderUnknown))
            throw new InvalidOperationException($"Account {open.Account} should end its order {open.Order.Seq}, and answers {answer.Refusal}.");
        return answer.Refusal == AccountRefusal.None;
    }
}

/// <summary>What the close of days says; events 1600–1699.</summary>
internal static partial class Log
{
    [LoggerMessage(1600, LogLevel.Information, "The day {Day} of building {Building} is closed; {Orders} orders were not fetched")]
    public static partial void Closed(ILogger logger, LocalDate day, BuildingId building, int orders);

    [LoggerMessage(1601, LogLevel.Warning, "A day of building {Building} cannot be closed now and is tried again in a moment")]
    public static partial void NotClosed(ILogger logger, BuildingId building, Exception exception);
}
