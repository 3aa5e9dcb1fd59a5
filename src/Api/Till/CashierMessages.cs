using Zvonok.Till.V1;

namespace Zvonok.Api.Till;

/// <summary>What a refusal tells the cashier, in both languages; the texts are in <c>CashierMessages.resx</c> and <c>CashierMessages.ru.resx</c>.</summary>
internal static class CashierMessages
{
    private static readonly Dictionary<AccountRefusal, CashierMessage> Messages = Load();

    /// <summary>The message of a refusal; nothing in it is for the child's eyes or shames the child.</summary>
    public static CashierMessage Of(AccountRefusal refusal) => Messages[refusal];

    private static Dictionary<AccountRefusal, CashierMessage> Load()
    {
        var resources = new System.Resources.ResourceManager("Zvonok.Api.Till.CashierMessages", typeof(CashierMessages).Assembly);
        var russian = new System.Globalization.CultureInfo("ru");
        // Tills hear some of an account's refusals only.
        var heard = Enum.GetValues<RefusalReason>().Where(reason => reason != RefusalReason.Unspecified).Select(reason => (AccountRefusal)reason);
        return heard.ToDictionary(refusal => refusal, refusal => new CashierMessage
        {
            Ru = resources.GetString(refusal.ToString(), russian) ?? throw new InvalidOperationException($"CashierMessages.ru.resx has no text for {refusal}."),
            En = resources.GetString(refusal.ToString(), System.Globalization.CultureInfo.InvariantCulture) ?? throw new InvalidOperationException($"CashierMessages.resx has no text for {refusal}."),
        });
    }
}
