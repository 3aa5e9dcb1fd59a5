using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace Zvonok.Grains.Notices;

/// <summary>Composition of the notices.</summary>
public static class NoticesSetup
{
    /// <summary>Adds streams, partitions and the publisher. The journal's room adds the log and the subscriptions, the channels' room the sender.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="isBusy">Whether notices shall give way to taps and sales now.</param>
    public static ISiloBuilder AddZvonokNotices(this ISiloBuilder silo, Func<IServiceProvider, bool> isBusy)
    {
        silo.Services.AddOptionsWithValidateOnStart<NoticeOptions>().BindConfiguration(NoticeOptions.Section).ValidateDataAnnotations();
        silo.Services.AddSingleton(provider => provider.GetRequiredService<IOptions<NoticeOptions>>().Value);
        silo.Services.AddSingleton(provider => new NoticePace(provider.GetRequiredService<NoticeOptions>().PerSecondMax, TimeProvider.System, () => isBusy(provider)));
        silo.Services.AddSingleton<NoticeMetrics>();
        silo.Services.AddSingleton<NoticeServices>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => ActivatorUtilities.CreateInstance<Keeper<INoticePublisherGrain>>(
            provider, () => provider.GetRequiredService<NoticeOptions>().Enabled && provider.GetRequiredService<IChannelRules>().IsAnySetUp));
        silo.AddMemoryStreams(NoticeStreams.Provider, streams =>
        {
            streams.ConfigurePartitioning(NoticeStreams.Queues);
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(agent => agent.Configure(pulling => pulling.GetQueueMsgsTimerPeriod = NoticeStreams.PollInterval));
        });
        return silo;
    }
}
