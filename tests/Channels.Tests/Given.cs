using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Zvonok.Channels.Tests;

/// <summary>Sample data, and the channels as the silo composes them.</summary>
internal static class Given
{
    public static readonly AccountNumber Child = AccountNumber.FromSerial(4_021_337);

    public static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(n => (byte)n)];

    public static Notice Notice(Channel channel, NoticeLanguage language = NoticeLanguage.English) => new()
    {
        Kind = NoticeKind.Bought,
        Guardian = "subject-17",
        Channel = channel,
        Language = language,
        ChildName = "Маша",
        Account = Child,
        ZoneId = "Europe/Moscow",
        EventAt = Instant.FromUtc(2026, 9, 1, 6, 0),
        RecordedAt = Instant.FromUtc(2026, 9, 1, 6, 0, 1),
        Amount = new Money(15_000),
        Balance = new Money(35_000),
        Lines = [new SaleLine("LUNCH", ProductCategory.HotMeal, 1, new Money(15_000), Allergens.Milk)],
    };

    public static NoticeKey Key(Notice notice, long seq = 5) => new(FactKey.Of(Child, seq), notice.Kind, ReceiverId.Of(notice.Guardian, notice.Channel));

    public static Channel Mail(string address = "guardian@example.org") => new(ChannelKind.Email, address);

    public static Channel Webhook(WebhookReceiver receiver) => new(ChannelKind.Webhook, receiver.Address.ToString());

    public static ServiceProvider Channels(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{NoticeOptions.Section}:{setting.Name}", (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddZvonokChannels();
        return services.BuildServiceProvider();
    }

    public static (string, string)[] MailSettings(MailReceiver receiver) =>
    [
        ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", receiver.Port.ToString(CultureInfo.InvariantCulture)), ("Smtp:Security", "None"), ("Smtp:From", "school@example.org"),
        ("Receivers:BreakMilliseconds", "500"),
    ];

    public static (string, string)[] WebhookSettings =>
    [
        ("Webhook:Hosts:0", "127.0.0.1"), ("Webhook:AllowHttp", "true"), ("Webhook:KeyId", "k1"), ("Webhook:Keys:k1", Convert.ToHexString(Secret)),
        ("Receivers:BreakMilliseconds", "500"),
    ];
}
