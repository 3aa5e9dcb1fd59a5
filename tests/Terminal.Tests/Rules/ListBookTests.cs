using Zvonok.Domain.Buildings;
using Zvonok.Domain.Lists;
using Zvonok.Domain.Tests.Lists;
using Zvonok.Terminals.Lists;

namespace Zvonok.Terminals.Tests.Rules;

[Trait("Rule", "O1")]
public sealed class ListBookTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private readonly School _school = new();
    private readonly ListVerifier _verifier;

    public ListBookTests() => _verifier = new ListVerifier(_school.PublicKey);

    public void Dispose()
    {
        _verifier.Dispose();
        _school.Dispose();
    }

    [Fact]
    public void Deltas_lead_to_what_the_core_has() => AnyList.Chain.Sample(
        chain =>
        {
            // Of one building and key, as a device's are.
            var lists = chain.Select(list => new OfflineList(list.Terms with { Building = School.Building, Audience = DeviceKind.Till, KeyId = School.Key.Id }, list.Meals, list.Holders)
            {
                Version = list.Version, MadeAt = list.MadeAt, ValidUntil = list.ValidUntil,
            }).ToArray();
            var book = Book(DeviceKind.Till);
            book.Take(_school.Sign(lists[0])).ShouldBe(ListTaking.Whole);
            for (var i = 1; i < lists.Length; i++)
            {
                book.Take(_school.Sign(ListDeltas.Diff(lists[i - 1], lists[i]))).ShouldBe(ListTaking.Delta);
                book.Index!.List.ShouldBe(lists[i] with { MadeAt = book.Index.List.MadeAt, ValidUntil = book.Index.List.ValidUntil });
                foreach (var holder in lists[i].Holders) foreach (var card in holder.Cards) book.Index.Find(card.Token).ShouldNotBeNull();
            }
        },
        iter: 300);

    [Fact]
    public void What_is_not_signed_for_these_devices_is_not_looked_at()
    {
        var book = Book(DeviceKind.Gate);
        using var stranger = new School();
        book.Take(stranger.Sign(List(1))).ShouldBe(ListTaking.NotOurs);
        book.Take(_school.Sign(School.List(DeviceKind.Till, Now, []))).ShouldBe(ListTaking.NotOurs);
        var signed = _school.Sign(List(1));
        signed.Content = signed.Content.Concat(new byte[] { 0 }).ToArray() is var longer ? Google.Protobuf.ByteString.CopyFrom(longer) : null;
        book.Take(signed).ShouldBe(ListTaking.NotOurs);
        book.Index.ShouldBeNull();
    }

    [Fact]
    public void An_older_list_does_not_come_back_and_a_delta_of_another_version_changes_nothing()
    {
        var book = Book(DeviceKind.Gate);
        book.Take(_school.Sign(ListDeltas.Diff(List(1), List(2, 5)))).ShouldBe(ListTaking.OtherBase);
        book.Take(_school.Sign(List(5, 5))).ShouldBe(ListTaking.Whole);
        book.Take(_school.Sign(List(4))).ShouldBe(ListTaking.Older);
        book.Take(_school.Sign(ListDeltas.Diff(List(6), List(7)))).ShouldBe(ListTaking.OtherBase);
        book.Take(_school.Sign(ListDeltas.Diff(List(5, 6), List(7, 6, 7)))).ShouldBe(ListTaking.OtherResult);
        book.Version.ShouldBe(5);
        book.Index!.Find(School.Token(5)).ShouldNotBeNull();
        book.Take(_school.Sign(ListDeltas.Diff(List(5, 5), List(5, 5)))).ShouldBe(ListTaking.Younger);
    }

    [Fact]
    [Trait("Rule", "O6")]
    public void Terminals_of_one_process_share_what_is_on_their_list()
    {
        var one = ListIndex.Of(List(1, 1, 2, 3));
        var other = ListIndex.Of(List(2, 1, 2, 3));
        other.List.Version.ShouldBe(2);
        other.List.Holders.ShouldBeSameAs(one.List.Holders);
    }

    private static OfflineList List(long version, params int[] people) => School.List(DeviceKind.Gate, Now, people.Select(person => School.Person(person)), version);

    private ListBook Book(DeviceKind audience) => new(_verifier, School.Building, audience, School.Key.Id);
}
