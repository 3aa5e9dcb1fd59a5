using System.Collections.Concurrent;

namespace Zvonok.Grains.Tests.Clusters;

/// <summary>Every message that reached one of our grains.</summary>
public sealed class MessageCounter : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<string> _messages = new();

    /// <summary>Forgets what came before, and tells which messages <paramref name="operation"/> needed.</summary>
    public async Task<string[]> During(Func<Task> operation)
    {
        _messages.Clear();
        await operation();
        return [.. _messages];
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType?.Namespace?.StartsWith("Zvonok", StringComparison.Ordinal) == true)
            _messages.Enqueue($"{context.InterfaceMethod.DeclaringType.Name}.{context.InterfaceMethod.Name}");
        return context.Invoke();
    }
}
