using System.Security.Cryptography;
using Zvonok.Api.Tests.Servers;

namespace Zvonok.Api.Tests.Registries;

/// <summary>Behind the doors a card is known by its token alone.</summary>
[Trait("Rule", "C7")]
public sealed class RadioNumberTests
{
    [Fact]
    public async Task No_file_of_the_server_holds_a_cards_radio_number()
    {
        await using var server = await Server.Start();
        var uid = ByteString.CopyFrom(SHA256.HashData("a card of this test alone"u8)[..10]);
        var pupil = await server.NewPupil(meal: 1_000, change: card => card.CardUid = uid);
        var tap = Given.Tap(server.NewId(), pupil);
        tap.CardUid = uid;
        (await server.Gates.TapAsync(tap)).AccountNumber.ShouldBe(pupil.Number);
        var unknown = Given.Sell(server.NewId(), pupil);
        unknown.CardUid = ByteString.CopyFrom([.. uid.Span, 1]);
        (await server.Tills.SellAsync(unknown)).Refused.ShouldNotBeNull();
        await server.Stop();

        var files = Directory.GetFiles(server.Directory, "*", SearchOption.AllDirectories);
        files.ShouldContain(file => new FileInfo(file).Length > 0 && Path.GetFileName(file).Contains("zvonok", StringComparison.OrdinalIgnoreCase));
        foreach (var content in await Task.WhenAll(files.Select(file => File.ReadAllBytesAsync(file))))
        {
            content.AsSpan().IndexOf(uid.Span).ShouldBe(-1);
            Convert.ToHexString(content).ShouldNotContain(Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(uid.Span))));
            Convert.ToHexString(content).ShouldNotContain(Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(uid.Span))));
        }
    }
}
