using Orleans.Concurrency;

namespace Zvonok.Grains;

/// <summary>A grain of which the cluster needs one that is always there.</summary>
[Alias("zvonok.IKeptGrain")]
public interface IKeptGrain : IGrainWithIntegerKey
{
    /// <summary>Every silo calls it every few seconds, so that it lives in one of them.</summary>
    [AlwaysInterleave, Alias("KeepAlive")]
    Task KeepAlive();
}
