using System.Runtime;

namespace Zvonok.Load.Morning;

/// <summary>
/// Measures without a garbage collection of the load tool's own. One that holds the connections of a city's devices stands still for 0.2 s at each, which would be taken for the core's: devices are
/// 14,800 programs of their own in the field.
/// </summary>
internal sealed class Uncollected
{
    private const long Gigabyte = 1L << 30;

    /// <summary>Collections that there were all the same: what was measured then is not the core's alone.</summary>
    public int Collections { get; private set; }

    /// <summary>Collects, and measures.</summary>
    /// <param name="measure">Measures.</param>
    /// <param name="gigabytes">Room for the garbage meanwhile: a turn of 20 seconds makes 0.15, and 0.35 beside uploads.</param>
    public async Task<T> Run<T>(Func<Task<T>> measure, int gigabytes = 1)
    {
        GC.Collect();
        GC.TryStartNoGCRegion(gigabytes * Gigabyte);
        var before = GC.CollectionCount(0);
        try
        {
            return await measure();
        }
        finally
        {
            Collections += GC.CollectionCount(0) - before;
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        }
    }
}
