package io.kefuhub.core.answering.ai.context;

/** Tells bank cards, identity cards and passports from order numbers, where nobody says which it is: they are nothing to remember. Pure. */
final class CardNumbers {
    private static final int ID = 18;
    private static final int SHORTEST = 15;
    private static final int LONGEST = 19;

    private CardNumbers() {}

    static boolean isOne(String number) {
        if (number.matches("[EG]\\d{8}")) return true;
        if (!number.chars().allMatch(Character::isDigit)) return false;
        return isId(number) || (number.length() >= SHORTEST && number.length() <= LONGEST && isChecked(number));
    }

    /** A day of somebody's birth stands in the middle. */
    private static boolean isId(String number) {
        return (number.length() == ID || number.length() == ID - 1)
                && number.substring(6).matches("(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3,4}");
    }

    /** Luhn's check, of numbers that begin as banks' do. */
    private static boolean isChecked(String number) {
        if ("34569".indexOf(number.charAt(0)) < 0) return false;
        var sum = 0;
        for (var at = 0; at < number.length(); at++) {
            var digit = number.charAt(number.length() - 1 - at) - '0';
            var worth = at % 2 == 0 ? digit : 2 * digit;
            sum += worth > 9 ? worth - 9 : worth;
        }
        return sum % 10 == 0;
    }
}
