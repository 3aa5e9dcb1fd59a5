using Zvonok.Api.Hosting;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>How the server's end of a <c>Connect</c> stream treats the stream itself.</summary>
public sealed class PipelineTests
{
    [Fact]
    public async Task A_stream_that_a_stopping_server_ends_leaves_no_read_under_way()
    {
        var (requests, stops) = (new Silence(), new TaskCompletionSource());
        var run = Pipeline.Run(requests, new Nobody(), static request => new ValueTask<string>(request), CancellationToken.None, stops.Task);
        requests.IsRead.ShouldBeTrue();

        stops.SetResult();
        await run.WaitAsync(TimeSpan.FromSeconds(30));

        // The connection's next stream may have the same pipe.
        requests.IsRead.ShouldBeFalse();
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

    private sealed class Nobody : IServerStreamWriter<string>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message) => Task.CompletedTask;
    }
}
