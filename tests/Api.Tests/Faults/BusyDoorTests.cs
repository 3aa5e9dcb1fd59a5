using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Zvonok.Api.Hosting;

namespace Zvonok.Api.Tests.Faults;

/// <summary>When what can wait shall wait: notices ask the door (A6).</summary>
[Trait("Rule", "A6")]
public sealed class BusyDoorTests
{
    [Fact]
    public async Task The_door_is_busy_with_more_than_48_operations_a_processor_and_no_longer_when_they_are_answered()
    {
        using var metrics = new OperationMetrics();
        var door = new Door(Options.Create(new ApiOptions()), new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), metrics);
        var answer = new TaskCompletionSource<int>();
        var calls = new List<Task<int>>();
        for (var i = 0; i < 48 * Environment.ProcessorCount; i++) calls.Add(Call());
        door.IsBusy.ShouldBeFalse();

        calls.Add(Call());
        door.IsBusy.ShouldBeTrue();

        answer.SetResult(1);
        await Task.WhenAll(calls);
        door.IsBusy.ShouldBeFalse();

        Task<int> Call() => door.Ask(0, _ => new ValueTask<int>(answer.Task)).AsTask();
    }
}
