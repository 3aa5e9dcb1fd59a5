using Zvonok.Api.Hosting;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>How the server's end of a <c>Connect</c> stream treats the stream itself.</summary>
public sealed class PipelineTests
{
    [Fact]
    public async Task A_stream_that_a_stopping_server_ends_leaves_no_read_under_way()
    {
        var (requests, stops) = (new Silence(), new TaskCompletionSource());
        var run = Pipeline.Run(requests, new Nobody(), static request => new ValueTask<string?>(request), new Outlet<string>(), CancellationToken.None, stops.Task);
        requests.IsRead.ShouldBeTrue();

        stops.SetResult();
        await run.WaitAsync(TimeSpan.FromSeconds(30));

        // The connection's next stream may have the same pipe.
        requests.IsRead.ShouldBeFalse();
    }

    [Fact]
    public async Task A_stream_that_breaks_ends_though_nothing_is_to_be_written()
    {
        using var broken = new CancellationTokenSource();
        var run = Pipeline.Run(new Broken(broken.Token), new Nobody(), static request => new ValueTask<string?>(request), new Outlet<string>(), broken.Token, Task.Delay(Timeout.Infinite));

        await broken.CancelAsync();

        await Should.ThrowAsync<IOException>(() => run.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task What_the_core_says_to_a_device_that_does_not_read_is_kept_up_to_a_bound_and_refused_beyond_it()
    {
        var (outlet, device) = (new Outlet<string>(), new Deaf());
        var writing = outlet.WriteAll(device, static () => { });
        outlet.TryPush("first").ShouldBeTrue();
        await device.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        for (var kept = 1; kept < Outlet<string>.PushedMax; kept++) outlet.TryPush($"{kept}").ShouldBeTrue();
        outlet.TryPush("one too many").ShouldBeFalse();
        device.Hear();
        outlet.Complete();
        await writing.WaitAsync(TimeSpan.FromSeconds(30));

        device.Heard.ShouldBe(["first", .. Enumerable.Range(1, Outlet<string>.PushedMax - 1).Select(kept => $"{kept}")]);
    }

    /// <summary>A device that hears nothing until it is told to.</summary>
    private sealed class Deaf : IServerStreamWriter<string>
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _hears = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public List<string> Heard { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public void Hear() => _hears.SetResult();

        public async Task WriteAsync(string message)
        {
            _reached.TrySetResult();
            await _hears.Task;
            Heard.Add(message);
        }
    }

    /// <summary>A device that says nothing.</summary>
    private sealed class Silence : IAsyncStreamReader<string>
    {
        public string Current => "";

        public bool IsRead { get; private set; }

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            IsRead = true;
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return false;
            }
            finally
            {
                IsRead = false;
            }
        }
    }

    /// <summary>A device whose connection breaks.</summary>
    private sealed class Broken(CancellationToken breaks) : IAsyncStreamReader<string>
    {
        public string Current => "";

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, breaks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new IOException("The connection is gone.");
        }
    }

    private sealed class Nobody : IServerStreamWriter<string>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message) => Task.CompletedTask;
    }
}
