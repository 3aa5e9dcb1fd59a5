using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zvonok.Channels.Alarms;
using Zvonok.Channels.Mail;
using Zvonok.Channels.Webhooks;
using Zvonok.Grains.Alarms;

namespace Zvonok.Channels;

/// <summary>Composition of the channels.</summary>
public static class ChannelsSetup
{
    /// <summary>Adds mails and webhooks with their settings.</summary>
    public static IServiceCollection AddZvonokChannels(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SmtpOptions>().BindConfiguration(SmtpOptions.Section).ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<ReceiverOptions>().BindConfiguration(ReceiverOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddSingleton<IValidateOptions<AlarmOptions>, AlarmOptionsValidator>();
        services.TryAddSingleton<IClock>(SystemClock.Instance);
        services.AddSingleton(provider => new ChannelRules(
            provider.GetRequiredService<IOptions<SmtpOptions>>().Value, provider.GetRequiredService<IOptions<WebhookOptions>>().Value));
        services.AddSingleton<IChannelRules>(provider => provider.GetRequiredService<ChannelRules>());
        services.AddSingleton<INoticeSender>(provider => new NoticeSender(
            provider.GetRequiredService<IOptions<SmtpOptions>>().Value,
            provider.GetRequiredService<IOptions<WebhookOptions>>().Value,
            provider.GetRequiredService<IOptions<ReceiverOptions>>().Value,
            provider.GetRequiredService<ChannelRules>(),
            provider.GetRequiredService<IClock>(),
            TimeProvider.System,
            provider.GetRequiredService<ILogger<NoticeSender>>()));
        services.AddSingleton<IAlarmSender>(provider => new AlarmChannel(
            provider.GetRequiredService<IOptions<AlarmOptions>>().Value,
            provider.GetRequiredService<IOptions<WebhookOptions>>().Value,
            provider.GetRequiredService<IClock>(),
            provider.GetRequiredService<ILogger<AlarmChannel>>()));
        return services;
    }
}
