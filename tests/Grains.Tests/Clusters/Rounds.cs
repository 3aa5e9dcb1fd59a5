using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Zvonok.Grains.Caretaking;

namespace Zvonok.Grains.Tests.Clusters;

/// <summary>The rounds of the caretaker's chores, wherever it lives: a barrier for tests that wait for one.</summary>
public sealed class Rounds
{
    private readonly ConcurrentDictionary<Type, TaskCompletionSource> _next = new();

    /// <summary>Returns when a round of that chore that began after this call has ended.</summary>
    public async Task OneMore<TChore>()
    {
        // The round that ends next may have begun before.
        for (var round = 0; round < 2; round++) await _next.GetOrAdd(typeof(TChore), _ => NewRound()).Task.WaitAsync(TestCluster.Deadline);
    }

    /// <summary>Puts a barrier behind each chore.</summary>
    internal void Watch(IServiceCollection services)
    {
        foreach (var chore in services.Where(service => service.ServiceType == typeof(IChore)).ToList())
        {
            services.Remove(chore);
            services.AddSingleton<IChore>(provider => new Watched(this, (IChore)ActivatorUtilities.CreateInstance(provider, chore.ImplementationType!)));
        }
    }

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Watched(Rounds rounds, IChore chore) : IChore
    {
        public async Task Do(CancellationToken stop)
        {
            await chore.Do(stop);
            if (rounds._next.TryRemove(chore.GetType(), out var ended)) ended.SetResult();
        }
    }
}
