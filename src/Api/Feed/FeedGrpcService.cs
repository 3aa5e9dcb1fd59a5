using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Feed.V1;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Feed;

/// <summary>The neighbours' door.</summary>
internal sealed class FeedGrpcService(IFeed feed, DeviceDirectory devices, IOptions<ApiOptions> options, IHostApplicationLifetime lifetime)
    : FeedService.FeedServiceBase
{
    // Of a reader that does not take a message: the server's stop does not wait longer for it.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private int _watches;

    public override async Task Watch(WatchRequest request, IServerStreamWriter<WatchResponse> responseStream, ServerCallContext context)
    {
        if (request.FromPosition < 0) throw Check.Bad("from_position", "a next_position or end_position, or 0 for the beginning");
        var filter = new WatchFilter(request, devices);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        using var farewell = lifetime.ApplicationStopping.Register(() => giveUp.CancelAfter(Farewell));
        Enter();
        try
        {
            await new Watch(feed, filter, responseStream, TimeProvider.System, stop.Token, giveUp.Token)
                .Run(new FeedPosition(request.FromPosition));
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The reader is gone, or the server stops: it resumes where it was, here or elsewhere.
        }
        finally
        {
            Interlocked.Decrement(ref _watches);
        }
    }

    public override async Task<GetEndResponse> GetEnd(GetEndRequest request, ServerCallContext context) =>
        new() { EndPosition = (await feed.FindEnd(context.CancellationToken)).Value };

    private void Enter()
    {
        if (Interlocked.Increment(ref _watches) <= options.Value.WatchesMax) return;
        Interlocked.Decrement(ref _watches);
        throw new JournalOverloadedException($"{options.Value.WatchesMax} readers watch the feed already: watch another silo's, or a little later.");
    }
}
