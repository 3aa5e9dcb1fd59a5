using Google.Protobuf.Collections;
using Zvonok.Api.Shapes;
using Zvonok.Domain.Notices;
using Zvonok.Grains.Notices;
using Channel = Zvonok.Domain.Notices.Channel;
using NoticeKind = Zvonok.Domain.Notices.NoticeKind;

namespace Zvonok.Api.Family;

/// <summary>Subscriptions as the protocol has them, and as the domain has them.</summary>
internal static class SubscriptionShape
{
    /// <summary>The fields of one subscription; <paramref name="at"/> goes before their names in what is said of a bad one.</summary>
    public static Subscription Read(
        AccountNumber account, string guardian, int channel, string address, IEnumerable<int> kinds, int language, long lowBalance, string childName,
        string at, IChannelRules rules)
    {
        var told = Kinds(kinds, $"{at}kinds");
        if (!told.Contains(NoticeKind.LowBalance) && lowBalance != 0) Check.Fail($"{at}low_balance_kopecks", "absent without the kind LOW_BALANCE");
        return new Subscription
        {
            Account = account,
            Guardian = Guardian(guardian),
            Channel = ChannelOf(channel, address, at, rules),
            Kinds = told,
            Language = Check.Enum<NoticeLanguage>(language, $"{at}language"),
            LowBalanceBelow = told.Contains(NoticeKind.LowBalance) ? Check.Amount(lowBalance, $"{at}low_balance_kopecks") : Money.Zero,
            ChildName = childName.Length == 0 ? null : Check.Words(childName, Limits.ChildNameLengthMax, $"{at}child_name"),
        };
    }

    /// <summary>All subscriptions of a request.</summary>
    public static List<Subscription> Read(AccountNumber account, string guardian, RepeatedField<Zvonok.Family.V1.Subscription> subscriptions, IChannelRules rules)
    {
        Guardian(guardian);
        if (subscriptions.Count > Limits.SubscriptionsMax) Check.Fail("subscriptions", $"at most {Limits.SubscriptionsMax}");
        var read = new List<Subscription>(subscriptions.Count);
        for (var i = 0; i < subscriptions.Count; i++)
        {
            var one = subscriptions[i];
            var next = Read(account, guardian, (int)one.Channel, one.Address, one.Kinds.Select(kind => (int)kind), (int)one.Language, one.LowBalanceKopecks, one.ChildName, $"subscriptions[{i}].", rules);
            if (read.Exists(earlier => earlier.Receiver == next.Receiver)) Check.Fail($"subscriptions[{i}].address", "another one: this channel is there already; put its kinds together");
            read.Add(next);
        }

        return read;
    }

    /// <summary>As the protocol has it.</summary>
    public static Zvonok.Family.V1.Subscription ToMessage(Subscription subscription) => new()
    {
        Channel = (Zvonok.Family.V1.Channel)subscription.Channel.Kind,
        Address = subscription.Channel.Address,
        Kinds = { subscription.Kinds.Kinds.Select(kind => (Zvonok.Family.V1.NoticeKind)kind) },
        Language = (Zvonok.Family.V1.Language)subscription.Language,
        LowBalanceKopecks = subscription.LowBalanceBelow.Kopecks,
        ChildName = subscription.ChildName ?? "",
    };

    private static string Guardian(string guardian) => Check.Text(guardian, Limits.GuardianLengthMax, "guardian");

    private static Channel ChannelOf(int kind, string address, string at, IChannelRules rules)
    {
        var channel = new Channel(Check.Enum<ChannelKind>(kind, $"{at}channel"), Check.Text(address, Limits.AddressLengthMax, $"{at}address"));
        return rules.WhyNot(channel) is { } why ? throw new Hosting.BadFieldException($"{at}address", $"should be a channel of this installation: {why}") : channel;
    }

    private static NoticeKindSet Kinds(IEnumerable<int> kinds, string field)
    {
        var told = NoticeKindSet.Of(kinds.Select(kind => Check.Enum<NoticeKind>(kind, field)));
        return told.IsEmpty ? throw Check.Bad(field, "at least one kind") : told;
    }
}
