using System.Collections.Concurrent;

namespace Zvonok.Grains.Tests.Clusters;

/// <summary>Every message that reached one of our grains.</summary>
public sealed class MessageCounter : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly ConcurrentDictionary<GrainId, int> _begun = new();

    /// <summary>Forgets what came before, and tells which messages <paramref name="operation"/> needed.</summary>
    public async Task<string[]> During(Func<Task> operation)
    {
        _messages.Clear();
        await operation();
        return [.. _messages];
    }

    /// <summary>How many calls a grain has begun: all that it does with each before it first waits is done.</summary>
    public int BegunAt(IAddressable grain) => _begun.GetValueOrDefault(grain.GetGrainId());

    public Task Invoke(IIncomingGrainCallContext context)
    {
        // What silos say to keep something alive belongs to no operation.
        if (context.InterfaceMethod.DeclaringType != typeof(IKeptGrain) && context.InterfaceMethod.DeclaringType?.Namespace?.StartsWith("Zvonok", StringComparison.Ordinal) == true)
            _messages.Enqueue($"{context.InterfaceMethod.DeclaringType.Name}.{context.InterfaceMethod.Name}");
        var answer = context.Invoke();
        _begun.AddOrUpdate(context.TargetId, 1, static (_, begun) => begun + 1);
        return answer;
    }
}
