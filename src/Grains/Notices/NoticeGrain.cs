using Orleans.Streams;
using Orleans.Streams.Core;
using Zvonok.Grains.Feed;

namespace Zvonok.Grains.Notices;

/// <inheritdoc cref="INoticeGrain"/>
[GrainType("notices"), ImplicitStreamSubscription(NoticeStreams.Namespace)]
public sealed class NoticeGrain(NoticeServices services) : Grain, INoticeGrain, IStreamSubscriptionObserver, IAsyncObserver<NoticeBatch>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private NoticeTeller _teller = null!;
    private Task _work = Task.CompletedTask;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _teller = new NoticeTeller((int)this.GetPrimaryKeyLong(), services);
        if (services.Options.Enabled) _work = _teller.Run(_stop.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _work;
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<NoticeBatch>().ResumeAsync(this);

    /// <inheritdoc/>
    public Task OnNextAsync(NoticeBatch item, StreamSequenceToken? token = null)
    {
        _teller.Take(item);
        return Task.CompletedTask;
    }

    /// <summary>The stream has lost something; the next batch shows what.</summary>
    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<FeedPosition> Follow(NoticeBatch batch)
    {
        _teller.Take(batch);
        return Task.FromResult(_teller.Decided);
    }

    /// <inheritdoc/>
    public Task LookForDue()
    {
        _teller.LookForDue();
        return Task.CompletedTask;
    }
}
