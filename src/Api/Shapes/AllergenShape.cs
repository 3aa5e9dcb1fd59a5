using Google.Protobuf.Collections;
using Zvonok.Till.V1;

namespace Zvonok.Api.Shapes;

/// <summary>Allergens as the protocol has them, a list, and as the domain has them, a set: number n is bit n - 1.</summary>
internal static class AllergenShape
{
    /// <summary>The set; false when one of the list is not known.</summary>
    public static bool TryRead(RepeatedField<Allergen> list, out Allergens set)
    {
        set = Allergens.None;
        // By number: the list's own enumerator is an object each time.
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is < Allergen.Gluten or > Allergen.Molluscs) return false;
            set |= (Allergens)(1 << (int)list[i] - 1);
        }

        return true;
    }

    /// <summary>The list, by ascending number.</summary>
    public static IEnumerable<Allergen> ToMessages(Allergens set) =>
        Enum.GetValues<Allergen>().Where(allergen => allergen != Allergen.Unspecified && set.HasFlag((Allergens)(1 << (int)allergen - 1)));
}
