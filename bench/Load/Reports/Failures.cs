using System.Collections.Concurrent;
using Grpc.Core;

namespace Zvonok.Load.Reports;

/// <summary>Whatever should not happen in a clean run, counted by what it was.</summary>
internal sealed class Failures
{
    private readonly ConcurrentDictionary<string, long> _counts = new();

    public IReadOnlyDictionary<string, long> Counts => new SortedDictionary<string, long>(_counts, StringComparer.Ordinal);

    public bool Any => !_counts.IsEmpty;

    public void Add(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    public void Add(string where, Exception failure) => Add(failure is RpcException rpc
        ? $"{where}: {rpc.StatusCode}: {rpc.Status.Detail}"
        : $"{where}: {failure.GetType().Name}: {failure.Message}");
}
