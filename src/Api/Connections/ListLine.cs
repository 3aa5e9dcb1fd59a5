using Zvonok.Api.Lists;
using Zvonok.Terminals.V1;

namespace Zvonok.Api.Connections;

/// <summary>
/// A connection's list (O1): it comes soon after the hello, then once a period, which makes it younger, and at once when a card has changed (C4). One that could not be had, because the
/// database was away, is asked for again soon: a stopped card does not stay good for a period because of it. One at a time.
/// </summary>
/// <param name="lists">Where lists are.</param>
/// <param name="greeting">Whose, and what the device has.</param>
/// <param name="push">Says it to the device; false when the device does not read.</param>
internal sealed class ListLine(ListDoor lists, Greeting greeting, Func<SignedList, bool> push)
{
    private static readonly TimeSpan AgainFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AgainMost = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private TimeSpan _again = AgainFirst;
    private long _dueAt = Environment.TickCount64 + (long)lists.FirstFetch().TotalMilliseconds;
    private long _version = greeting.List!.Version;
    private bool _isFetching;
    private bool _isWanted;

    /// <summary>A second has passed.</summary>
    public void Round()
    {
        lock (_gate)
        {
            if (Environment.TickCount64 < _dueAt) return;
            _dueAt = Environment.TickCount64 + (long)lists.NextFetch().TotalMilliseconds;
        }

        Want();
    }

    /// <summary>The list is to come now, or again when it is on its way.</summary>
    public void Want()
    {
        lock (_gate)
        {
            _isWanted = true;
            if (_isFetching) return;
            _isFetching = true;
        }

        _ = Task.Run(Bring);
    }

    private async Task Bring()
    {
        while (Take())
        {
            try
            {
                // A key that is not in use brings no list; the device learns why when it fetches one.
                if (await lists.Fetch(greeting.Building, greeting.Kind, greeting.List!.KeyId, _version) is { } newest && push(newest.List)) _version = newest.Version;
                _again = AgainFirst;
            }
            catch (Exception)
            {
                // The database is away, or too much is asked: what the device has goes on to hold meanwhile.
                TryAgain();
            }
        }
    }

    private void TryAgain()
    {
        lock (_gate)
        {
            // Never later than the next period, and in an outage of days no longer apart than in one of minutes.
            _dueAt = Math.Min(_dueAt, Environment.TickCount64 + (long)_again.TotalMilliseconds);
            _again = TimeSpan.FromTicks(Math.Min(2 * _again.Ticks, AgainMost.Ticks));
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            _isFetching = _isWanted;
            _isWanted = false;
            return _isFetching;
        }
    }
}

/// <summary>What a device has said of its list.</summary>
/// <param name="KeyId">The list key that it has.</param>
/// <param name="Version">The version that it has; 0 for none.</param>
internal sealed record ListHeld(uint KeyId, long Version);
