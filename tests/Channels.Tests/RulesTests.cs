using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Zvonok.Channels.Tests;

/// <summary>Which channels may be subscribed to, and which settings stop the start.</summary>
public sealed class RulesTests
{
    [Theory]
    [InlineData(ChannelKind.Email, "guardian@example.org", null)]
    [InlineData(ChannelKind.Email, "Somebody <guardian@example.org>", "A mail address")]
    [InlineData(ChannelKind.Email, "guardian", "A mail address")]
    [InlineData(ChannelKind.Email, "", "A mail address")]
    [InlineData(ChannelKind.Webhook, "https://app.example.org/notices?city=1", null)]
    [InlineData(ChannelKind.Webhook, "https://APP.example.org:8443/", null)]
    [InlineData(ChannelKind.Webhook, "http://app.example.org/", "begin with https")]
    [InlineData(ChannelKind.Webhook, "ftp://app.example.org/", "begin with https")]
    [InlineData(ChannelKind.Webhook, "https://localhost/", "not allowed here")]
    [InlineData(ChannelKind.Webhook, "https://169.254.169.254/latest", "not allowed here")]
    [InlineData(ChannelKind.Webhook, "https://user:password@app.example.org/", "without user")]
    [InlineData(ChannelKind.Webhook, "app.example.org/notices", "An absolute")]
    public async Task A_channel_is_checked_before_anybody_subscribes_to_it(ChannelKind kind, string address, string? why)
    {
        await using var channels = Given.Channels(
            ("Smtp:Host", "mail.example.org"), ("Smtp:From", "school@example.org"),
            ("Webhook:Hosts:0", "app.example.org"), ("Webhook:KeyId", "k1"), ("Webhook:Keys:k1", Convert.ToHexString(Given.Secret)));

        var found = channels.GetRequiredService<IChannelRules>().WhyNot(new Channel(kind, address));

        if (why is null) found.ShouldBeNull();
        else found.ShouldNotBeNull().ShouldContain(why);
    }

    [Theory]
    [InlineData(ChannelKind.Email, "guardian@example.org", "Zvonok:Notices:Smtp:Host")]
    [InlineData(ChannelKind.Webhook, "https://app.example.org/", "Zvonok:Notices:Webhook:Hosts")]
    public async Task Without_settings_a_channel_is_refused_by_the_settings_name_and_what_is_due_waits(ChannelKind kind, string address, string setting)
    {
        await using var channels = Given.Channels();
        var notice = Given.Notice(new Channel(kind, address));

        channels.GetRequiredService<IChannelRules>().WhyNot(notice.Channel).ShouldNotBeNull().ShouldContain(setting);
        (await channels.GetRequiredService<INoticeSender>().Send(Given.Key(notice), notice, default)).Outcome.ShouldBe(SendOutcome.NotTried);
    }

    [Theory]
    [InlineData("Smtp:From", "Smtp:Host=mail.example.org")]
    [InlineData("Smtp:Password", "Smtp:Host=mail.example.org;Smtp:From=school@example.org;Smtp:User=zvonok")]
    [InlineData("Smtp:Port", "Smtp:Port=0")]
    [InlineData("Webhook:Hosts", "Webhook:Hosts:0=https://app.example.org")]
    [InlineData("Webhook:KeyId", "Webhook:Hosts:0=app.example.org")]
    [InlineData("Webhook:Keys:k1", "Webhook:Keys:k1=short")]
    [InlineData("Webhook:TimeoutSeconds", "Webhook:TimeoutSeconds=26")]
    [InlineData("Receivers:BreakMilliseconds", "Receivers:BreakMilliseconds=1")]
    public async Task A_bad_setting_is_named(string name, string settings)
    {
        await using var channels = Given.Channels([.. settings.Split(';').Select(setting => setting.Split('=')).Select(parts => (parts[0], parts[1]))]);

        var failure = Should.Throw<OptionsValidationException>(() => channels.GetRequiredService<IStartupValidator>().Validate());

        failure.Failures.ShouldHaveSingleItem().ShouldContain($"Zvonok:Notices:{name}");
    }
}
